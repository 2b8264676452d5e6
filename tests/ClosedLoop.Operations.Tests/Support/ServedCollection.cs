namespace ClosedLoop.Operations.Tests.Support;

/// <summary>Tests that share one service in this process.</summary>
[CollectionDefinition(Name)]
public sealed class ServedCollection : ICollectionFixture<ServedHere>
{
    public const string Name = "served";
}

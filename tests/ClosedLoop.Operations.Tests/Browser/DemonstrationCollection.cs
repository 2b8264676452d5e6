namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>Tests that share one demonstration and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class DemonstrationCollection : ICollectionFixture<Demonstration>
{
    public const string Name = "demonstration";
}

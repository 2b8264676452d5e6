namespace ClosedLoop.Grains;

/// <summary>Names the storage that grain state is kept in, on either engine.</summary>
public static class GrainStorage
{
    public const string Name = "closedloop";
}

namespace ClosedLoop.Grains.Placement;

/// <summary>Roles of silos that grains ask for, see <see cref="RunsOnAttribute"/>.</summary>
public static class Roles
{
    public const string Ingest = "ingest";
    public const string Deliver = "deliver";
}

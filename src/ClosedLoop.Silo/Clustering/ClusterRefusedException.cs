namespace ClosedLoop.Silo.Clustering;

/// <summary>This process must not become a silo of the cluster as it is set up.</summary>
internal sealed class ClusterRefusedException(string message) : Exception(message);

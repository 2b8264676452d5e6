namespace ClosedLoop.Silo.Configuration;

/// <summary>What is kept of people.</summary>
public sealed record PrivacySettings
{
    /// <summary>Whether everybody who was erased is left out of files that come later, or only who had objected to mail or tracking.</summary>
    public bool SuppressErased { get; init; } = true;
}

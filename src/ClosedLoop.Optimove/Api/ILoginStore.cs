namespace ClosedLoop.Optimove.Api;

/// <summary>Where the token of a login outlives the process: Optimove refuses another login while the last one is good.</summary>
internal interface ILoginStore
{
    /// <summary>The token that was kept for these credentials; null for none.</summary>
    string? Load(string fingerprint);

    Task KeepAsync(string fingerprint, string token);
}

namespace ClosedLoop.Model.Clients;

/// <summary>Which servers a client's mailings may take content from (closed-loop spec section 10).</summary>
public sealed record ContentSettings
{
    /// <summary>Host names, or <c>*.example.com</c> for all names below one. None: nothing is fetched.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}

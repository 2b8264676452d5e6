namespace ClosedLoop.Operations.Pages;

/// <summary>A filter that somebody has given a name.</summary>
/// <param name="Path">Path of the screen.</param>
/// <param name="Name">As its owner calls it.</param>
/// <param name="Query">The state of the screen as it stands in the address, without the question mark.</param>
public sealed record SavedView(string Path, string Name, string Query)
{
    public string Href => Path + "?" + Query;
}

namespace ClosedLoop.Responses.UserAgents;

/// <summary>A family with the version parts that are known, first to last.</summary>
internal sealed record Product(string Family, string Version = "")
{
    public string? Major => Part(0);

    public string ToString(int parts)
    {
        var end = 0;
        for (var part = 0; part < parts && end < Version.Length; part++)
        {
            var dot = Version.IndexOf('.', end == 0 ? 0 : end + 1);
            end = dot < 0 ? Version.Length : dot;
        }
        return end == 0 ? Family : string.Concat(Family, " ", Version.AsSpan(0, end));
    }

    private string? Part(int index)
    {
        var parts = Version.Split('.');
        return index < parts.Length && parts[index].Length > 0 ? parts[index] : null;
    }
}

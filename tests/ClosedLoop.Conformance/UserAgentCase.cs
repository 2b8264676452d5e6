using System.Text.Json.Serialization;

namespace ClosedLoop.Conformance;

/// <summary>One line of a case file: a header and the family and version expected from it.</summary>
internal sealed record UserAgentCase
{
    [JsonPropertyName("user_agent_string")]
    public required string Header { get; init; }

    [JsonPropertyName("family")]
    public required string Family { get; init; }

    [JsonPropertyName("major")]
    public string? Major { get; init; }

    [JsonPropertyName("minor")]
    public string? Minor { get; init; }

    [JsonPropertyName("patch")]
    public string? Patch { get; init; }

    /// <summary>
    /// Where a header gives no version, the case files fill in a bare <c>0</c> or <c>1</c> for a few families (<c>Maxthon 0</c>); true when that is so:
    /// the expected number stands nowhere behind the last word of the family. The family without a version is right then.
    /// </summary>
    public bool HasFillerVersion
    {
        get
        {
            if (Major is not ("0" or "1") || !string.IsNullOrEmpty(Minor))
                return false;
            var name = Header.IndexOf(Family, StringComparison.OrdinalIgnoreCase);
            return name >= 0 && !Header.AsSpan(name + Family.Length).TrimStart("/ ").StartsWith(Major, StringComparison.Ordinal);
        }
    }

    /// <summary>Family and version in the form of the response files; a version ends at its first missing part.</summary>
    public string Expected(int parts)
    {
        string?[] version = [Major, Minor, Patch];
        var known = string.Join('.', version.Take(parts).TakeWhile(part => !string.IsNullOrEmpty(part)));
        return known.Length == 0 ? Family : $"{Family} {known}";
    }
}

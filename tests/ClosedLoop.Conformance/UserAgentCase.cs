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

    /// <summary>Family and version in the form of the response files; a version ends at its first missing part.</summary>
    public string Expected(int parts)
    {
        string?[] version = [Major, Minor, Patch];
        var known = string.Join('.', version.Take(parts).TakeWhile(part => !string.IsNullOrEmpty(part)));
        return known.Length == 0 ? Family : $"{Family} {known}";
    }
}

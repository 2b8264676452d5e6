namespace ClosedLoop.Model.Clients;

/// <summary>How a client writes its files (closed-loop spec section 4).</summary>
public sealed record CsvDialect
{
    /// <summary>Charset name; UTF-8 is checked byte for byte, others are decoded first.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>CRLF line ends pass with W153; <c>false</c> makes them E108.</summary>
    public bool AcceptCrLf { get; init; } = true;
}

namespace ClosedLoop.Silo.Configuration;

/// <summary>The HTTP listener.</summary>
public sealed record HttpSettings
{
    /// <summary>Address listened on; loopback unless set otherwise.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:8080";
}

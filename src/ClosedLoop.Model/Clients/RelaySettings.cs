namespace ClosedLoop.Model.Clients;

/// <summary>The SMTP relay that takes a client's mail. Ignored while <c>Delivery:Mode</c> is <c>Sink</c>.</summary>
public sealed record RelaySettings
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 25;

    /// <summary><c>none</c>, <c>opportunistic</c>, <c>required</c> (STARTTLS) or <c>implicit</c>.</summary>
    public string Tls { get; init; } = "required";

    public string? User { get; init; }

    /// <summary>Name of the environment variable that holds the password; never the password itself.</summary>
    public string? PasswordSetting { get; init; }
}

namespace ClosedLoop.Mail.Smtp;

/// <summary>How many connections to one relay are kept, and how long.</summary>
public sealed record SmtpPoolOptions
{
    /// <summary>Connections at a time, rented and idle. Default 4: relays commonly allow 10 to 20 for one client.</summary>
    public int MaxConnections { get; init; } = 4;

    /// <summary>Messages over one connection before it is replaced, so that a balanced relay spreads the load. Default 1,000.</summary>
    public int MaxMessagesPerConnection { get; init; } = 1000;

    /// <summary>Age at which an idle connection is not used again. Default 60 s: servers commonly cut at 300 s of silence.</summary>
    public TimeSpan MaxIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Age at which a connection is replaced. Default 10 min.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);
}

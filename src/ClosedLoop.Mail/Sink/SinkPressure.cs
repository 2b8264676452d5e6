namespace ClosedLoop.Mail.Sink;

/// <summary>Misbehaviour that does not look at who is written to, but at how much and when.</summary>
public sealed record SinkPressure
{
    /// <summary>Share of recipients answered 451, 0 to 1. Default 0.</summary>
    public double TemporaryShare { get; init; }

    /// <summary>Time from the start in which every recipient is answered 451. Default none.</summary>
    public TimeSpan TemporaryFor { get; init; }

    /// <summary>Messages after which a connection gets 421; 0, the default, sets no end.</summary>
    public int MessagesPerConnection { get; init; }

    /// <summary>Recipients of one domain within one second, beyond which 450 is the answer; 0, the default, sets no limit.</summary>
    public int DomainRate { get; init; }

    /// <summary>Pause before each final dot is answered. Default none.</summary>
    public TimeSpan ReplyDelay { get; init; }

    /// <summary>Seed of the draw for <see cref="TemporaryShare"/>.</summary>
    public int Seed { get; init; }

    /// <summary>What is out of range; null when all is well.</summary>
    internal string? Fault() => TemporaryShare is not (>= 0 and <= 1) || TemporaryFor < TimeSpan.Zero || ReplyDelay < TimeSpan.Zero || MessagesPerConnection < 0 || DomainRate < 0
        ? "a value of Pressure is out of range; expected a share of 0 to 1 and nothing below 0"
        : null;
}

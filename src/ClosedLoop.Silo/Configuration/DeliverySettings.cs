using ClosedLoop.Delivery;

namespace ClosedLoop.Silo.Configuration;

/// <summary>How mail leaves.</summary>
public sealed record DeliverySettings
{
    /// <summary><c>Sink</c> until somebody sets <c>Live</c>.</summary>
    public DeliveryMode Mode { get; init; } = DeliveryMode.Sink;

    /// <summary>Recipients that may be claimed and not yet recorded: what a crash can leave in doubt.</summary>
    public int InDoubtWindow { get; init; } = 64;

    /// <summary>Recipients claimed by one commit.</summary>
    public int GroupSize { get; init; } = 8;

    /// <summary>Name given in EHLO (RFC 5321 section 4.1.1.1): this host's public name. Mode <c>Live</c> needs one.</summary>
    public string ClientName { get; init; } = "localhost";

    /// <summary>Slices of one mailing that are sent at the same time.</summary>
    public int ConcurrentBatches { get; init; } = 8;

    /// <summary>In mode <c>Live</c>, a file or a draft that reaches more recipients waits until two people have approved it; 0 for never.</summary>
    public int TwoPeopleAbove { get; init; }

    /// <summary><see cref="TwoPeopleAbove"/>, where mail reaches anybody.</summary>
    public int TwoPeopleInForceAbove => Mode == DeliveryMode.Live ? TwoPeopleAbove : 0;

    /// <summary>Keys that sign the mail of their domains (RFC 6376); mail of other domains goes unsigned.</summary>
    public IReadOnlyList<DkimKeySettings> Dkim { get; init; } = [];
}

using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Mailings;

/// <summary>One group of a file, about to become a mailing.</summary>
public sealed record NewMailing
{
    public required long ClientId { get; init; }

    public required int ClientVersion { get; init; }

    /// <summary>0 for what is a copy of nothing else: a delivery of an order.</summary>
    public required long SourceId { get; init; }

    public required int SourceVersion { get; init; }

    public long? WaveId { get; init; }

    public required long FileId { get; init; }

    public required string Name { get; init; }

    public MailingMode Mode { get; init; }

    /// <summary>By which way its recipients are reached.</summary>
    public MessageChannel Channel { get; init; }

    /// <summary>The file came by the test folder.</summary>
    public bool Test { get; init; }
}

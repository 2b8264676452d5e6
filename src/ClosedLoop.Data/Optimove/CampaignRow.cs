using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>A scheduled campaign on one channel. Times in microseconds.</summary>
public sealed record CampaignRow
{
    public required long ClientId { get; init; }

    /// <summary>In lower case, for comparing.</summary>
    public required string Campaign { get; init; }

    public required int ChannelId { get; init; }

    /// <summary>The campaign's id as it came.</summary>
    public required string Label { get; init; }

    public required CampaignState State { get; init; }

    /// <summary>How often its customers are read; a later reading finds only who is new.</summary>
    public required int Round { get; init; }

    /// <summary>Named again meanwhile: it is read once more when it has been planned.</summary>
    public required bool Again { get; init; }

    /// <summary>Rows received in this round: where reading goes on.</summary>
    public required long Skip { get; init; }

    /// <summary>Which call the customers are read by: 0 the first choice, 1 the fallback.</summary>
    public required int Source { get; init; }

    /// <summary>Number that this round's mailings are published by; 0 until the first of them is made.</summary>
    public required long FileId { get; init; }

    public string? Name { get; init; }

    public required long Received { get; init; }

    public required long Planned { get; init; }

    public required long Control { get; init; }

    public required long UnknownUser { get; init; }

    public required long Refused { get; init; }

    public required long Failed { get; init; }

    public required long Expired { get; init; }

    public string? Reason { get; init; }

    public required int Attempts { get; init; }

    public required long NextTry { get; init; }

    public required long ChangedAt { get; init; }
}

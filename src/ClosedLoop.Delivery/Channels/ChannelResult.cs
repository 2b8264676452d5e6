using ClosedLoop.Model.Responses;

namespace ClosedLoop.Delivery.Channels;

/// <summary>What came of handing one message to a provider.</summary>
/// <param name="Action">What may be done next.</param>
/// <param name="Text">What the provider said, for the ledger's reason; without secrets and addresses.</param>
public sealed record ChannelResult(ChannelAction Action, string Text)
{
    /// <summary>What a refusal is about.</summary>
    public ChannelScope Scope { get; init; }

    /// <summary>The provider's ids of the message, by which receipts name it: one for each part of a long SMS. Empty when it gives none.</summary>
    public IReadOnlyList<string> ProviderIds { get; init; } = [];

    /// <summary>How many parts the message has; more than there are ids when some of them are in doubt.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>HTTP status or SMPP command_status, 0 when there was none; kept with the outcome.</summary>
    public int Code { get; init; }

    /// <summary>How long the provider asked to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The address will never work: it is suppressed, and counts as a hard bounce.</summary>
    public bool AddressIsDead { get; init; }

    /// <summary>The person has told the provider to get no more messages: an unsubscribe.</summary>
    public bool IsOptedOut { get; init; }

    /// <summary>How a final refusal counts: hard when the address is dead, else soft.</summary>
    public ResponseCategory Response => AddressIsDead ? ResponseCategory.FatalBounce : ResponseCategory.Bounce;

    public static ChannelResult Accepted(params IReadOnlyList<string> providerIds) => new(ChannelAction.Accepted, "") { ProviderIds = providerIds };

    /// <summary>The provider cannot take anything now.</summary>
    public static ChannelResult Throttled(string text, TimeSpan? after = null, int code = 0) =>
        new(ChannelAction.Retry, text) { Scope = ChannelScope.Provider, RetryAfter = after, Code = code };

    /// <summary>This message, another time.</summary>
    public static ChannelResult Later(string text, TimeSpan? after = null, int code = 0) => new(ChannelAction.Retry, text) { RetryAfter = after, Code = code };

    public static ChannelResult Refused(string text, int code = 0) => new(ChannelAction.GiveUp, text) { Code = code };

    /// <summary>There is nobody behind the address, for good.</summary>
    public static ChannelResult Dead(string text, int code = 0) => new(ChannelAction.GiveUp, text) { Code = code, AddressIsDead = true };

    public static ChannelResult InDoubt(string text) => new(ChannelAction.Unknown, text);
}

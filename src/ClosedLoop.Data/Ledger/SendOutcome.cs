using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Ledger;

/// <summary>What became of one recipient, to be recorded.</summary>
public sealed record SendOutcome
{
    public required long MailingId { get; init; }

    public required long ClientId { get; init; }

    public required int Sequence { get; init; }

    public required string Address { get; init; }

    /// <summary>The state to go to; <see cref="RecipientState.Waiting"/> is a deferral until <see cref="DueAt"/>.</summary>
    public required RecipientState State { get; init; }

    /// <summary>The recipient was settled without being claimed: suppressed, or no message could be made.</summary>
    public bool Unclaimed { get; init; }

    /// <summary>The recipient was claimed but its turn never came: the claim does not count as an attempt.</summary>
    public bool Untried { get; init; }

    /// <summary>Microseconds; earliest next attempt of a deferral.</summary>
    public long DueAt { get; init; }

    /// <summary>Microseconds; when the outcome was known.</summary>
    public required long DoneAt { get; init; }

    /// <summary>SMTP reply code, or the code of another provider's answer; 0 when there was none.</summary>
    public int ReplyCode { get; init; }

    /// <summary>Stable reason code and text; never empty for anything but <see cref="RecipientState.Sent"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Set when the refusal counts as a response (closed-loop spec section 17.10).</summary>
    public ResponseCategory? Response { get; init; }

    /// <summary>The address has soft bounces on its counter: a delivery begins their decay.</summary>
    public bool HasSoftBounces { get; init; }

    /// <summary>Where <see cref="Response"/> comes from.</summary>
    public string Origin { get; init; } = "smtp";

    /// <summary>Who took the message, as <see cref="Channels.ReceiptStore.KeyOf"/> says; null for mail.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider's ids of the message; empty for mail.</summary>
    public IReadOnlyList<string> ProviderIds { get; init; } = [];

    /// <summary>How many parts the message has, where <see cref="ProviderIds"/> may name fewer because the rest is in doubt.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Handed to a provider of SMS or push, and no answer came: a receipt may still tell, whatever <see cref="State"/> says is done meanwhile.</summary>
    public bool InDoubt { get; init; }

    /// <summary>The person gets no more messages, as the provider was told: an unsubscribe with this message.</summary>
    public bool OptedOut { get; init; }

    /// <summary>The address will never work again: it is suppressed with <see cref="Reason"/>.</summary>
    public bool Retired { get; init; }
}

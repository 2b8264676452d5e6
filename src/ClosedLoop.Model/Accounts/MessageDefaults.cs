using ClosedLoop.Model.Orders;

namespace ClosedLoop.Model.Accounts;

/// <summary>Values that an order may leave to its group or template (xml-delivery spec section 9).</summary>
public sealed record MessageDefaults
{
    public string? Encoding { get; init; }

    public string? Label { get; init; }

    public string? Subject { get; init; }

    public string? SenderName { get; init; }

    public string? SenderAddress { get; init; }

    public string? ReplyTo { get; init; }

    public PreferredContent? PreferredContent { get; init; }

    public string? Html { get; init; }

    public string? Text { get; init; }

    /// <summary>Text of an SMS.</summary>
    public string? Body { get; init; }

    /// <summary>Sender of an SMS, number or alias.</summary>
    public string? From { get; init; }
}

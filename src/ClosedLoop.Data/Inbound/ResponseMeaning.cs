using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Inbound;

/// <summary>What a response says.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="Category">Set when a response row follows.</param>
public sealed record ResponseMeaning(InboundOutcome Outcome, ResponseCategory? Category = null)
{
    /// <summary>The names that people and the API use.</summary>
    public static IReadOnlyDictionary<string, ResponseMeaning> Names { get; } = new Dictionary<string, ResponseMeaning>(StringComparer.Ordinal)
    {
        ["hard"] = new(InboundOutcome.Response, ResponseCategory.FatalBounce),
        ["soft"] = new(InboundOutcome.Response, ResponseCategory.Bounce),
        ["temporary"] = new(InboundOutcome.Response, ResponseCategory.TemporaryBounce),
        ["auto-reply"] = new(InboundOutcome.Response, ResponseCategory.Autoresponder),
        ["reply"] = new(InboundOutcome.Response, ResponseCategory.Unknown),
        ["complaint"] = new(InboundOutcome.Complaint),
        ["unsubscribe"] = new(InboundOutcome.Unsubscribe),
        ["nothing"] = new(InboundOutcome.Ignored),
    };
}

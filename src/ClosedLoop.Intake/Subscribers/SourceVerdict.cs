using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Whether a source mailing may be copied for a file (closed-loop spec section 7).</summary>
/// <param name="Code">E302 to E306, or null when it may.</param>
/// <param name="Message">What was found and what was expected.</param>
public sealed record SourceVerdict(ErrorCode? Code, string Message)
{
    public static SourceVerdict Usable { get; } = new(null, "");

    /// <summary>By which way the mailing reaches people.</summary>
    public MessageChannel Channel { get; init; }

    /// <summary>The rules in the order of the table; <paramref name="source"/> is null when nobody knows the id.</summary>
    public static SourceVerdict Of(SourceMailing? source, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (source is null) return new(ErrorCodes.E302, "no source mailing has this id");
        if (source.ClientId != client.Id) return new(ErrorCodes.E305, "the source mailing belongs to another client");
        if (source.Origin != SourceOrigin.Editor) return new(ErrorCodes.E303, $"the source mailing was made by {source.Origin}; expected Editor");
        if (source.Type != SourceType.Regular) return new(ErrorCodes.E303, $"the source mailing is of type {source.Type}; expected Regular");
        if (source.Status is not (SourceStatus.New or SourceStatus.ActivationRequired))
        {
            return new(ErrorCodes.E304, $"the source mailing is {source.Status}; expected New or ActivationRequired");
        }

        if (source.Channel == MessageChannel.Mail) return Usable;
        return client.Channels?.Of(source.Channel) is null
            ? new(ErrorCodes.E303, $"the source mailing is of channel {source.Channel}, which the client does not have; expected channels.{(source.Channel == MessageChannel.Sms ? "sms" : "push")} in client.json")
            : Usable with { Channel = source.Channel };
    }
}

namespace ClosedLoop.Operations.Reading;

/// <summary>Something that needs a person.</summary>
/// <param name="Tone"><c>bad</c> or <c>warn</c>.</param>
/// <param name="What">Cause.</param>
/// <param name="So">Consequence.</param>
/// <param name="Href">Where to look.</param>
/// <param name="Since">Microseconds.</param>
/// <param name="Actions">What can be pressed.</param>
/// <param name="Command">The same on the command line; <c>null</c> when there is none.</param>
/// <param name="Alarm">Subject and cause of the alarm, when it is one that can be put off.</param>
public sealed record AttentionItem(
    string Tone, string What, string So, string Href, long Since, IReadOnlyList<AttentionAction> Actions, string? Command = null, (string Subject, string Cause)? Alarm = null)
{
    /// <summary>Names it among the others, as long as it is there: <c>file/12</c>, <c>mailing/71000000002</c>, <c>alarm/room/disk/data</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Who has seen it last; <c>null</c> for nobody.</summary>
    public Acknowledgement? Seen { get; init; }
}

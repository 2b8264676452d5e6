using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>Something new about a message that was sent for Optimove.</summary>
public sealed record MessageNews(NewInteraction Interaction, long MailingId, int Sequence, long Recorded)
{
    public InteractionKind Kind => Interaction.Kind;
}

using System.Runtime.InteropServices;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>How a recipient stood at a cut-off.</summary>
/// <param name="State">State; <see cref="RecipientState.Sending"/> while it was open.</param>
/// <param name="Created">Microseconds; when that state was reached, or the queue time while it was open.</param>
/// <param name="Category">Latest bounce, else latest other response.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecipientStatus(RecipientState State, long Created, ResponseCategory? Category)
{
    /// <summary>Who was left out beforehand has no row (spec section 13).</summary>
    public bool HasRow => State is not (RecipientState.Suppressed or RecipientState.Cancelled);

    /// <summary>Whether a message was made for the recipient: sent, failed or in doubt.</summary>
    public bool HandedOver => State is RecipientState.Sent or RecipientState.Failed or RecipientState.Unknown;
}

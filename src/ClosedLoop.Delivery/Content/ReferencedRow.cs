using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;

namespace ClosedLoop.Delivery.Content;

/// <summary>A recipient's row in which content stands in place of its address. What was fetched is a value like any other: its braces are never read.</summary>
internal sealed class ReferencedRow(RecipientRow row, RecipientContent content) : LiquidRow
{
    /// <summary>Whether the HTML part is being rendered.</summary>
    public bool IsHtml { get; set; }

    public override bool IsNull(int slot) => row.IsNull(slot);

    public override ReadOnlySpan<byte> Utf8(int slot) => content.TryGet(slot, IsHtml, out var value) ? value.Span : row.Utf8(slot);
}

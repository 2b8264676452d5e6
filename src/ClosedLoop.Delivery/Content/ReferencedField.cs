using ClosedLoop.Model.Lists;

namespace ClosedLoop.Delivery.Content;

/// <summary>A column that holds addresses of content, or an address of the message itself.</summary>
/// <param name="Column">Its position in the list; that of a slot where there is a <paramref name="Url"/>.</param>
/// <param name="Kind">What the address is of.</param>
/// <param name="Url">The address with placeholders; <c>null</c> where the column holds it.</param>
internal readonly record struct ReferencedField(int Column, FieldContent Kind, string? Url = null)
{
    /// <summary>The address of one recipient, its placeholders not yet replaced.</summary>
    public string AddressIn(Rendering.RecipientRow row) => (Url ?? row.Text(Column)).Trim();
}

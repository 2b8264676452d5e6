using ClosedLoop.Model.Lists;

namespace ClosedLoop.Delivery.Content;

/// <summary>A column that holds addresses of content.</summary>
/// <param name="Column">Its position in the list.</param>
/// <param name="Kind">What the address is of.</param>
internal readonly record struct ReferencedField(int Column, FieldContent Kind);

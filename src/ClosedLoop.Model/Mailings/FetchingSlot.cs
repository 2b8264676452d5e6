using ClosedLoop.Model.Lists;

namespace ClosedLoop.Model.Mailings;

/// <summary>An address with fields of the recipient in it, and what stands there.</summary>
/// <param name="Name">By which templates name what was fetched.</param>
/// <param name="Kind">A text, the target of a link, or a picture.</param>
/// <param name="Url">The address; <c>${field}$</c> stands for a field.</param>
public sealed record FetchingSlot(string Name, FieldContent Kind, string Url);

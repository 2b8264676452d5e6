namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>A directive of a <see cref="DayFormat"/>, or up to eight bytes of constant text.</summary>
/// <param name="Letter">The directive; nul for text.</param>
/// <param name="Length">Bytes written; for <c>%B</c> the month says it.</param>
/// <param name="Bytes">The text in memory order.</param>
internal readonly record struct DayPart(char Letter, int Length, ulong Bytes);

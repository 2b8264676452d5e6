namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>One word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its value, without quotes.</param>
/// <param name="Position">Where it begins, from 1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    public bool Is(string word) => Kind is FilterTokenKind.Name or FilterTokenKind.Symbol && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

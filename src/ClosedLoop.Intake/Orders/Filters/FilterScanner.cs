using System.Text;

namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>Cuts an expression into words.</summary>
internal static class FilterScanner
{
    private static readonly string[] Symbols = ["<=", ">=", "<>", "!=", "=", "<", ">", "(", ")", ",", "+", "-"];

    public static List<FilterToken> Scan(string text)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) break;
            tokens.Add(Next(text, ref at));
        }

        tokens.Add(new FilterToken(FilterTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static FilterToken Next(string text, ref int at)
    {
        var start = at;
        var c = text[at];
        if (c == '\'') return new FilterToken(FilterTokenKind.Text, Quoted(text, ref at, '\'', "the quote"), start + 1);
        if (c == '[') return new FilterToken(FilterTokenKind.QuotedName, Quoted(text, ref at, ']', "the bracket"), start + 1);
        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_')) at++;
            return new FilterToken(FilterTokenKind.Name, text[start..at], start + 1);
        }

        if (char.IsAsciiDigit(c))
        {
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.')) at++;
            return new FilterToken(FilterTokenKind.Number, text[start..at], start + 1);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) != 0) continue;
            at += symbol.Length;
            return new FilterToken(FilterTokenKind.Symbol, symbol, start + 1);
        }

        throw new FilterException("CL4101", start + 1, "a character that begins nothing; expected a field, a value in single quotes, a number or an operator");
    }

    private static string Quoted(string text, ref int at, char close, string what)
    {
        var start = at++;
        var value = new StringBuilder();
        while (at < text.Length)
        {
            if (text[at] != close)
            {
                value.Append(text[at++]);
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == close)
            {
                value.Append(close);
                at += 2;
                continue;
            }

            at++;
            return value.ToString();
        }

        throw new FilterException("CL4101", start + 1, $"{what} that opens here is not closed");
    }
}

namespace ClosedLoop.Mail.Bounces;

/// <summary>
/// Brings text and phrases to one spelling: lower case, Latin letters without their marks, straight apostrophes. Servers drop the marks of their language as often
/// as they keep them. Every character stays one character, so positions carry over. Other scripts keep their marks, which are part of the letter there.
/// </summary>
internal static class TextFold
{
    private const string Marked = "àáâãäåāăąçćčďđèéêëēęěğìíîïīıİłñńňòóôõöøőřśšşșťţțùúûüūůűýÿźżžßæœ’‘´`";
    private const string Plain = "aaaaaaaaacccddeeeeeeegiiiiiiilnnnooooooorssssttt" + "uuuuuuuyyzzzsao''''";

    public static string Fold(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            var c = char.ToLowerInvariant(source[i]);
            target[i] = c == '`' || c > 0x7F ? Fold(c) : c;
        }
    });

    private static char Fold(char c) => Marked.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? Plain[at] : c;
}

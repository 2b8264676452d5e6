using System.Runtime.InteropServices;

namespace ClosedLoop.Liquid.Dialects;

/// <summary>Pairs the host's block tags of a source in one pass: blocks of one name may stand inside each other.</summary>
internal static class HostTags
{
    /// <summary>The blocks by the offset at which they begin. Tags without their end are ordinary text.</summary>
    /// <param name="text">The source.</param>
    /// <param name="names">Names of the host's tags.</param>
    /// <param name="maxTag">Longest tag, in characters.</param>
    public static Dictionary<int, Block> Find(string text, IEnumerable<string> names, int maxTag)
    {
        var blocks = new Dictionary<int, Block>();
        var open = names.ToDictionary(name => name, _ => new Stack<(int At, int Body, string Arguments)>(), StringComparer.Ordinal);
        if (open.Count == 0) return blocks;
        for (var at = text.IndexOf("{%", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            var close = text.IndexOf("%}", at + 2, Math.Min(maxTag, text.Length - at - 2), StringComparison.Ordinal);
            if (close < 0) continue;
            var words = text[(at + 2)..close].Trim().Split(' ', 2);
            if (open.TryGetValue(words[0], out var started))
            {
                started.Push((at, close + 2, words.Length > 1 ? words[1].Trim() : ""));
            }
            else if (words is [['e', 'n', 'd', .. var name]] && open.TryGetValue(name, out started) && started.TryPop(out var begin))
            {
                blocks.Add(begin.At, new Block(name, begin.Arguments, begin.Body, at, close + 2));
            }
        }

        return blocks;
    }

    /// <summary>One block.</summary>
    /// <param name="Name">Of its tag.</param>
    /// <param name="Arguments">What stands behind the name.</param>
    /// <param name="Body">Where the inside begins.</param>
    /// <param name="BodyEnd">Where it ends.</param>
    /// <param name="End">Where the closing tag ends.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Block(string Name, string Arguments, int Body, int BodyEnd, int End);
}

using System.Security.Cryptography;

namespace ClosedLoop.Operations.Pages;

/// <summary>HTML parts of previews, for the frame that shows them: a frame has an address of its own, so that mail is shown under its own, stricter policy.</summary>
internal sealed class PreviewShelf
{
    private const int Most = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _previews = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Keeps an HTML part for a while.</summary>
    /// <returns>Its address.</returns>
    public string Put(string html)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        lock (_gate)
        {
            _previews[id] = html;
            _order.Enqueue(id);
            if (_order.Count > Most) _previews.Remove(_order.Dequeue());
        }

        return "/previews/" + id;
    }

    public string? Find(string id)
    {
        lock (_gate) return _previews.GetValueOrDefault(id);
    }
}

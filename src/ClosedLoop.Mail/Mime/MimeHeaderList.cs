using System.Collections;

namespace ClosedLoop.Mail.Mime;

/// <summary>The fields of a header block in their order.</summary>
public sealed class MimeHeaderList : IReadOnlyList<MimeHeader>
{
    private readonly List<MimeHeader> _headers = [];

    public int Count => _headers.Count;

    public MimeHeader this[int index] => _headers[index];

    /// <summary>Decoded value of the first field of that name; null when there is none.</summary>
    public string? this[string name] => Find(name)?.Value;

    public MimeHeader? Find(string name) => _headers.Find(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<MimeHeader> FindAll(string name) => _headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IEnumerator<MimeHeader> GetEnumerator() => _headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(MimeHeader header) => _headers.Add(header);
}

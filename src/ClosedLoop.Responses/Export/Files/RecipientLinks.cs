using System.Data.Common;
using System.Text;
using ClosedLoop.Data;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>The links of one recipient after the other, as rendered again.</summary>
internal sealed class RecipientLinks(DbConnection connection, IRenderedLinks links) : IDisposable
{
    private readonly RowReader _recipient = new(connection, "SELECT address, fields FROM recipient WHERE mailing_id = $1 AND sequence = $2");
    private (long MailingId, int Sequence) _renderedFor = (0, -1);
    private byte[] _fields = new byte[1024];

    /// <summary>In the order of their ordinals, which begin with 1.</summary>
    public IReadOnlyList<RenderedLink> Current { get; private set; } = [];

    public bool HasPixel(ListedMailing mailing) => mailing.ContentHash is { } hash && links.HasPixel(hash);

    /// <summary>Renders for whoever the cursor stands at.</summary>
    /// <param name="mailing">The mailing.</param>
    /// <param name="cursor">A cursor with fields.</param>
    /// <param name="mayFail">The message may never have been rendered: nobody got links, and one such row must not stop the file.</param>
    public void Render(ListedMailing mailing, RecipientCursor cursor, bool mayFail) => Render(mailing, cursor.Sequence, cursor.Address, cursor.Fields, mayFail);

    /// <summary>Renders for anybody; nothing is done again for who was rendered last.</summary>
    public void Render(ListedMailing mailing, int sequence)
    {
        if (_renderedFor == (mailing.MailingId, sequence)) return;
        _recipient.Restart(mailing.MailingId, sequence);
        if (_recipient.Read()) Render(mailing, sequence, _recipient.Bytes(0), _recipient.Bytes(1), mayFail: false);
        else Current = [];
    }

    public void Dispose() => _recipient.Dispose();

    private void Render(ListedMailing mailing, int sequence, ReadOnlySpan<byte> address, ReadOnlySpan<byte> fields, bool mayFail)
    {
        _renderedFor = (mailing.MailingId, sequence);
        Current = [];
        // Nothing is left to render with of a person who was erased; links that were followed keep their row without a target.
        if (mailing.ContentHash is not { } hash || fields.IsEmpty) return;
        if (_fields.Length < fields.Length) _fields = new byte[fields.Length * 2];
        fields.CopyTo(_fields);
        try
        {
            Current = links.Of(hash, mailing.MailingId, sequence, mailing.RecipientBase + sequence, Encoding.UTF8.GetString(address), _fields.AsMemory(0, fields.Length));
        }
#pragma warning disable CA1031 // a template may fail in any way for one person's values
        catch when (mayFail)
#pragma warning restore CA1031
        {
            // It failed when it was to be sent, too: that is why the recipient has failed.
        }
    }
}

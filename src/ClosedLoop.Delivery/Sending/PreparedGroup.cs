using ClosedLoop.Data.Content;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Delivery.Content;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Delivery.Sending;

/// <summary>Recipients whose messages are composed, and those that were settled without one.</summary>
internal sealed class PreparedGroup(int capacity)
{
    private readonly List<MessageBuffer> _buffers = new(capacity);

    public List<DueRecipient> Recipients { get; } = new(capacity);

    public List<SmtpEnvelope> Envelopes { get; } = new(capacity);

    public List<SendOutcome> Settled { get; } = [];

    /// <summary>What was fetched, by sequence; null for a mailing without content per recipient.</summary>
    public IReadOnlyDictionary<int, RecipientContent>? Contents { get; init; }

    /// <summary>What is stored with the claim, for each of <see cref="Recipients"/>; null for nothing.</summary>
    public IReadOnlyList<IReadOnlyList<StoredContent>>? Stored => Contents is null ? null : Recipients.ConvertAll(recipient => (IReadOnlyList<StoredContent>)Contents[recipient.Sequence].Stored);

    public void Add(DueRecipient recipient, MessageBuffer buffer, SmtpEnvelope envelope)
    {
        Recipients.Add(recipient);
        _buffers.Add(buffer);
        Envelopes.Add(envelope);
    }

    /// <summary>Leaves only the recipients that were claimed.</summary>
    public void Keep(bool[] claimed)
    {
        for (var i = claimed.Length - 1; i >= 0; i--)
        {
            if (claimed[i]) continue;
            MessageBuffer.Return(_buffers[i]);
            _buffers.RemoveAt(i);
            Recipients.RemoveAt(i);
            Envelopes.RemoveAt(i);
        }
    }

    public void ReturnBuffers()
    {
        foreach (var buffer in _buffers) MessageBuffer.Return(buffer);
        _buffers.Clear();
    }
}

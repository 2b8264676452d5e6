using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Operations.Ports;

/// <summary>Checks and renders templates; what stands behind it is the sending station's.</summary>
public interface ITemplateBench
{
    /// <summary>Everything there is to say about a source mailing, worst first.</summary>
    IReadOnlyList<TemplateFinding> Check(SourceMailing source, ClientDefinition client);

    /// <summary>Why a source mailing may not be stored; empty when it may.</summary>
    IReadOnlyList<string> Faults(SourceMailing source, ClientDefinition client);

    /// <summary>The mail as one recipient would get it.</summary>
    MailView Preview(SourceMailing source, ClientDefinition client, string address, ReadOnlyMemory<byte> fields);

    /// <summary>The message as it was sent, rendered again from what was frozen.</summary>
    MailView Again(MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date);

    /// <summary>Takes a raw mail apart for looking at.</summary>
    MailView Open(ReadOnlyMemory<byte> raw);
}

using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery;
using ClosedLoop.Liquid;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Definitions;

namespace ClosedLoop.Silo.Operations;

/// <summary>Lint, previews and messages rendered again, for the dashboard.</summary>
internal sealed class TemplateBench(IMessageReplay replay) : ITemplateBench
{
    public IReadOnlyList<TemplateFinding> Check(SourceMailing source, ClientDefinition client) =>
    [
        .. Faulty(source, client).Select(fault => new TemplateFinding("", 0, 0, "definition", "error", fault, "see docs/settings.md")),
        .. MailingCheck.Findings(source, client).Select(finding => new TemplateFinding(
            finding.Part, finding.Line, finding.Column, finding.Code, finding.Severity.ToString().ToLowerInvariant(), finding.Message, finding.Hint)),
    ];

    public IReadOnlyList<string> Faults(SourceMailing source, ClientDefinition client) => [.. MailingCheck.Faults(source, client)];

    public MailView Preview(SourceMailing source, ClientDefinition client, string address, ReadOnlyMemory<byte> fields) => Show(() => replay.Preview(FrozenMailing.Of(source, client), address, fields));

    public MailView Again(MailingRow mailing, int sequence, string address, ReadOnlyMemory<byte> fields, DateTimeOffset date) => Show(() => replay.Again(mailing, sequence, address, fields, date));

    public MailView Open(ReadOnlyMemory<byte> raw) => Show(() => raw);

    private static IEnumerable<string> Faulty(SourceMailing source, ClientDefinition client) => MailingCheck.FormFaults(source).Concat(MailingCheck.ContentFaults(source, client));

    private static MailView Show(Func<ReadOnlyMemory<byte>> render)
    {
        try
        {
            var raw = render();
            var mail = MimeMessage.Parse(raw);
            return new MailView([.. mail.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value))], mail.Headers.Find("Subject")?.Value ?? "", mail.HtmlBody, mail.TextBody, raw);
        }
        catch (Exception e) when (e is LiquidException or InvalidDataException or MailFormatException or Model.Delivery.ContentException)
        {
            return MailView.Faulty(e.Message);
        }
    }
}

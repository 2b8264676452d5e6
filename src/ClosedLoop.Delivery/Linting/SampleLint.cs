using System.Buffers;
using System.Globalization;
using System.Text;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Linting;

/// <summary>Renders a mailing for a recipient with all columns filled and for one with none.</summary>
internal static class SampleLint
{
    /// <summary>Bytes of HTML after which Gmail cuts a message off.</summary>
    private const int MostHtml = 102_400;

    private static readonly Uri Tracking = new("https://tracking.example.org");

    public static IEnumerable<ContentFinding> Check(FrozenMailing content)
    {
        foreach (var isFilled in new[] { true, false })
        {
            var who = isFilled ? "all columns filled" : "empty columns";
            if (Render(content, isFilled, out var size) is { } fault)
            {
                yield return fault with { Code = LintCode.RenderFails, Severity = FindingSeverity.Warning, Message = $"with {who}: {fault.Code}: {fault.Message}" };
            }
            else if (size > MostHtml)
            {
                var message = string.Create(CultureInfo.InvariantCulture, $"the HTML part has {size:N0} bytes with {who}");
                yield return new ContentFinding(MailingTemplates.Html, 0, 0, LintCode.TooLarge, FindingSeverity.Warning, message, string.Create(CultureInfo.InvariantCulture, $"at most {MostHtml:N0}: Gmail shows no more"));
                yield break;
            }
        }
    }

    private static ContentFinding? Render(FrozenMailing content, bool isFilled, out int size)
    {
        // Without tracking first: only so do errors name columns as the author sees them.
        size = 0;
        var plain = content with { Source = content.Source with { TrackClicks = false, TrackOpens = false } };
        try
        {
            _ = Measure(plain, isFilled);
            size = Measure(content, isFilled);
            return null;
        }
        catch (LiquidException e)
        {
            return ContentLint.Fault(e);
        }
    }

    private static int Measure(FrozenMailing content, bool isFilled)
    {
        var compiled = new CompiledMailing(content, new TrackingTokenCodec(new SigningKeys(SigningKey.Create(1))), Tracking);
        var row = new RecipientRow(compiled.Columns);
        var fields = new ArrayBufferWriter<byte>();
        foreach (var field in content.List.Fields) RecipientFields.Write(fields, Encoding.UTF8.GetBytes(Sample(field)), !isFilled);
        row.Load(fields.WrittenMemory);
        for (var i = 0; i < SystemFields.All.Length; i++) row.SetSystem(i, Encoding.ASCII.GetBytes(SystemFields.All[i] == SystemFields.UnsubscribeUrl ? $"{Tracking}u/sample" : "1"));
        var html = new ArrayBufferWriter<byte>();
        compiled.Render(row, new MessageState { MailingId = 1 }, new ArrayBufferWriter<byte>(), html, new ArrayBufferWriter<byte>());
        return html.WrittenCount;
    }

    private static string Sample(FieldDefinition field) => field.Type switch
    {
        FieldType.Short or FieldType.Integer or FieldType.Long => "1",
        FieldType.Decimal or FieldType.Float => "1.5",
        FieldType.Boolean => "true",
        FieldType.Date => "2026-01-31",
        FieldType.Timestamp => "2026-01-31 12:00:00",
        _ when field.Content is FieldContent.RefLink or FieldContent.RefImage => "https://sample.example.org/content",
        _ => field.Name == ListDefinition.EmailField ? "reader@example.org" : "Sample",
    };
}

using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Definitions;

/// <summary>What must hold for a client's settings of content, and for columns that hold addresses of it.</summary>
internal static class ReferenceCheck
{
    private static readonly string[] OwnColumns = [ListDefinition.EmailField, ListDefinition.SourceField, ListDefinition.WaveField];

    public static IEnumerable<string> Faults(ClientDefinition client)
    {
        var content = client.Content;
        if (content.MaxFailurePercent is < 0 or > 100) yield return $"content.maxFailurePercent is {content.MaxFailurePercent}; expected 0 to 100.";
        if (content.MaxAttachments is < 0 or > 50) yield return $"content.maxAttachments is {content.MaxAttachments}; expected 0 to 50.";
        if (content.MaxAttachmentBytes is < 1 or > 10_000_000) yield return $"content.maxAttachmentBytes is {content.MaxAttachmentBytes}; expected 1 to 10000000.";
        if (content.MaxImageBytes is < 1 or > 10_485_760) yield return $"content.maxImageBytes is {content.MaxImageBytes}; expected 1 to 10485760.";
        foreach (var domain in client.Sender.AllowedDomains.Where(domain => EmailAddress.TryNormalise("a@" + domain) is null)) yield return $"sender.allowedDomains: '{domain}' is no domain; expected a name such as example.com.";
        foreach (var field in client.List.Fields.Where(field => field.Content.IsReference()))
        {
            if (field.Type is not (FieldType.String or FieldType.Text)) yield return $"list.fields.{field.Name} holds addresses of content and is of type {field.Type}; expected string or text.";
            if (OwnColumns.Contains(field.Name, StringComparer.OrdinalIgnoreCase)) yield return $"list.fields.{field.Name} cannot hold addresses of content: the service reads it itself.";
            if (content.AllowedHosts.Count == 0 && (field.Content != FieldContent.RefImage || content.EmbedImages)) yield return $"list.fields.{field.Name} holds addresses of content and no host is allowed; expected at least one in content.allowedHosts.";
        }
    }
}

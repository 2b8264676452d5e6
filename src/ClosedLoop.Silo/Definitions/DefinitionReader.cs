using System.Text.Json;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Definitions;

/// <summary>Reads single definition files; what is wrong with one is added to the faults, with its name.</summary>
internal static class DefinitionReader
{
    /// <summary>The source mailing that a file which was read already defines, with its parts.</summary>
    public static SourceMailing Mailing(string file, MailingFile read, long clientId, List<string> faults)
    {
        if (read is { Channel: MessageChannel.Mail, Subject: null }) faults.Add($"{file}: subject is missing; expected a template of one line.");
        return new()
        {
            Id = read.Id,
            ClientId = clientId,
            Name = read.Name,
            Status = read.Status,
            Origin = read.Origin,
            Type = read.Type,
            Start = read.Start,
            Dialect = read.Dialect,
            Channel = read.Channel,
            Subject = read.Subject ?? "",
            Html = Part(file, read.Html, faults),
            Text = Part(file, read.Text, faults),
            Sms = read.Sms,
            Push = read.Push?.Read(name => Part(file, name, faults)),
            TrackOpens = read.TrackOpens,
            TrackClicks = read.TrackClicks ?? read.Channel == MessageChannel.Mail,
            Campaign = read.Campaign,
            Content = read.Content,
            Sender = read.Sender,
            EmbedImages = read.EmbedImages,
            Functions = read.Functions,
            Notes = read.Notes,
        };
    }

    public static T? Parse<T>(string file, List<string> faults)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), DefinitionJson.Options);
        }
        catch (JsonException e)
        {
            faults.Add($"{file}: line {e.LineNumber + 1}, {e.Path}: {e.Message}{HintFor(e.Path)}");
            return null;
        }
    }

    /// <summary>What people reach for who know the file interface of others.</summary>
    private static string HintFor(string? path)
    {
        if (path is null) return "";
        if (path.StartsWith("$.list.fields[", StringComparison.Ordinal) && path.EndsWith(".content", StringComparison.Ordinal))
            return " Expected plain, html, ref-text, ref-image, ref-link or ref-attachment.";
        return path.StartsWith("$.content.", StringComparison.Ordinal) && path.EndsWith(".kind", StringComparison.Ordinal) ? " Expected text or link. Files that all recipients get go below attachments, pictures into src." : "";
    }

    private static string? Part(string file, string? name, List<string> faults)
    {
        if (name is null) return null;
        var path = Path.Combine(Path.GetDirectoryName(file)!, name);
        if (File.Exists(path)) return File.ReadAllText(path);
        faults.Add($"{file}: the part '{name}' is not beside it.");
        return null;
    }
}

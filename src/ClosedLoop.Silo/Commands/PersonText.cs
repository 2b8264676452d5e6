using System.Globalization;
using ClosedLoop.Silo.Privacy;

namespace ClosedLoop.Silo.Commands;

/// <summary>A person's story for people to read.</summary>
internal static class PersonText
{
    public static void Write(TextWriter output, PersonStory story)
    {
        foreach (var client in story.Clients)
        {
            output.WriteLine($"client {client.Key}: the next file would reach them: {client.MayBeMailed}");
            foreach (var entry in client.Lists) output.WriteLine($"  {entry.List}{(entry.Since is { } since ? " since " + Time(since) : "")}: {entry.Reason}{(entry.Mailing is { } by ? string.Create(CultureInfo.InvariantCulture, $", mailing {by}") : "")}");
            foreach (var message in client.Messages) Write(output, message);
        }

        foreach (var mail in story.Returned) output.WriteLine($"returned {Time(mail.At)}  number {mail.Id.ToString(CultureInfo.InvariantCulture)}, {mail.Outcome}: {mail.Subject}");
    }

    private static void Write(TextWriter output, StoryMessage message)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  mailing {message.Mailing} {message.Name}, recipient {message.Recipient}, from {message.File}"));
        output.WriteLine($"    {message.State}: {message.Why}");
        foreach (var step in message.Steps) output.WriteLine($"    {Time(step.At)}  {step.What}{(string.IsNullOrEmpty(step.Detail) ? "" : ": " + step.Detail)}");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Privacy;

/// <summary>What is known of a person, as a file to hand out.</summary>
internal static class PersonDocument
{
    public static byte[] Of(PersonStory story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return JsonSerializer.SerializeToUtf8Bytes(new { schema = "closedloop.person/v1", story.Address, story.MadeAt, story.Clients, story.Returned }, Output.Options);
    }
}

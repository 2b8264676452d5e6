using ClosedLoop.Data.Privacy;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Privacy;

namespace ClosedLoop.Silo.Operations;

/// <summary>Hands out and erases what is known of a person, for dashboard and API.</summary>
internal sealed class People(StoryTeller teller, PersonService service) : IPeople
{
    public byte[]? Export(string address, string? client) => teller.Tell(address, client) is { IsEmpty: false } story ? PersonDocument.Of(story) : null;

    public async Task<(byte[]? Certificate, string? Fault)> EraseAsync(string address, string? client, CancellationToken cancellation)
    {
        try
        {
            return (await service.EraseAsync(address, client, cancellation), null);
        }
        catch (BeingSentException e)
        {
            // Its code is told apart from its words.
            return (null, e.Message.Split(": ", 2)[^1]);
        }
    }
}

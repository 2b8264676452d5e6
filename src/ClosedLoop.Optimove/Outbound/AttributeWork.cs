using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Testing;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Execution;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>Sends gathered attributes in requests of at most 1,000 customers with 10 each (optimove spec section 8.1).</summary>
internal sealed class AttributeWork(AttributeStore attributes, ConnectorStore connectors, ConnectorLog log, OptimoveOptions options, TimeProvider time)
{
    private const string Call = "UpdateCustomerAttributes";
    private const int MostCustomers = 1_000;
    private const int MostPerCustomer = 10;

    /// <summary>Values looked at for one request: more than it can hold, so that customers with many fields do not thin it out.</summary>
    private const int LookedAt = 3 * MostCustomers * MostPerCustomer;

    private static readonly long KeepBatches = (long)TimeSpan.FromDays(7).TotalMicroseconds;
    private static readonly long KeepLetters = (long)TimeSpan.FromDays(30).TotalMicroseconds;

    private long _notBefore;
    private int _failures;

    /// <summary>What a crash left on its way waits again; an attribute may be set twice.</summary>
    public Task RecoverAsync(long clientId) => attributes.RecoverAsync(clientId);

    public async Task RunAsync(ConnectorSession session, CancellationToken cancellation)
    {
        var now = time.NowMicroseconds();
        await attributes.UnconfirmedAsync(session.ClientId, now - (long)options.CallbackTimeout.TotalMicroseconds);
        if (!session.Definition.Active || session.Lacks(Call) || session.Row.State == ConnectorState.AuthError || now < _notBefore) return;
        while (Next(session) is { Count: > 0 } updates)
        {
            if (!await PostAsync(session, updates, cancellation)) return;
            cancellation.ThrowIfCancellationRequested();
        }

        await attributes.RemoveAsync(session.ClientId, now - KeepBatches, now - KeepLetters);
    }

    private List<AttributeUpdate> Next(ConnectorSession session)
    {
        var due = attributes.Due(session.ClientId, time.NowMicroseconds() - (long)options.Coalesce.TotalMicroseconds, LookedAt);

        // Rows come by customer: what is over ten goes with the next request.
        return [.. due.GroupBy(update => update.Customer, StringComparer.Ordinal).Take(MostCustomers).SelectMany(customer => customer.Take(MostPerCustomer))];
    }

    private async Task<bool> PostAsync(ConnectorSession session, List<AttributeUpdate> updates, CancellationToken cancellation)
    {
        var secret = AppKey.Create();
        var batch = await attributes.SealAsync(session.ClientId, updates, AppKey.HashOf(secret));
        var callback = $"{options.PublicUrl.ToString().TrimEnd('/')}{options.BasePath}/optimove/attribute-callback/{secret}";
        var body = updates.GroupBy(update => update.Customer, StringComparer.Ordinal)
            .Select(customer => new OptimoveBodies.CustomerAttributes(customer.Key, [.. customer.Select(update => new OptimoveBodies.Attribute(update.Field, update.Value))])).ToList();
        KillSwitch.Reach(KillPoint.ConnectorBatch);
        try
        {
            var request = await session.AttributeApi.UpdateCustomerAttributesAsync(body, callback, cancellation);
            KillSwitch.Reach(KillPoint.ConnectorBatch);
            await attributes.TakenAsync(session.ClientId, batch, request);
            KillSwitch.Reach(KillPoint.ConnectorBatch);
            _failures = 0;
            return true;
        }
        catch (OptimoveException e) when (e.Fault == OptimoveFault.Refused)
        {
            log.AttributesRefused(session.Client.Value.Key, updates.Count, e.Message);
            await attributes.RefuseAsync(session.ClientId, batch, e.Message);
            return true;
        }
        catch (OptimoveException e)
        {
            await attributes.ReturnAsync(session.ClientId, batch);
            if (e.Fault == OptimoveFault.Permission)
            {
                log.NotAllowed(session.Client.Value.Key, Call);
                await connectors.LacksAsync(session.ClientId, Call);
            }
            else
            {
                log.TriedAgain(session.Client.Value.Key, Call, e.Message);
            }

            _notBefore = time.NowMicroseconds() + (long)(options.Backoff * Math.Min(30, Math.Pow(2, _failures++))).TotalMicroseconds;
            return false;
        }
        catch (OperationCanceledException)
        {
            await attributes.ReturnAsync(session.ClientId, batch);
            throw;
        }
    }
}

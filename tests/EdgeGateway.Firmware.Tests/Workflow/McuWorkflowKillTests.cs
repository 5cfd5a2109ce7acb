using EdgeGateway.Content;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Firmware.Tests.Workflow;

/// <summary>
/// Ends the gateway at every point where a step is journalled or the microcontroller is asked; the next start must always make it good.
/// </summary>
public sealed class McuWorkflowKillTests
{
    [Fact]
    public async Task Kill_BeforeOrAfterEveryWriteOfTheJournal_EndsInSuccess()
    {
        var points = 0;
        foreach (var after in new[] { false, true })
        {
            for (var n = 1; ; n++)
            {
                var isReached = false;
                await Scenario.RunAsync(async s =>
                {
                    void Kill(int save)
                    {
                        if (save == n)
                        {
                            isReached = true;
                            throw new KilledException();
                        }
                    }

                    if (after)
                    {
                        s.Journal.AfterSave = (save, _) => Kill(save);
                    }
                    else
                    {
                        s.Journal.BeforeSave = (save, _) => Kill(save);
                    }

                    s.Start();
                    s.Deploy();
                    await s.WaitAsync(() => isReached || s.Status.Phase == UpdatePhase.Succeeded);
                    await FinishAsync(s);
                });
                if (!isReached)
                {
                    break;
                }

                points++;
            }
        }

        points.Should().BeGreaterThanOrEqualTo(2 * 9, "each phase is journalled before it acts");
    }

    [Fact]
    public async Task Kill_BeforeOrAfterEveryCallToTheMcu_EndsInSuccess()
    {
        var points = 0;
        foreach (var after in new[] { false, true })
        {
            for (var n = 1; ; n++)
            {
                var isReached = false;
                await Scenario.RunAsync(async s =>
                {
                    var calls = 0;
                    Task Hang(string call, CancellationToken ct)
                    {
                        if (++calls != n)
                        {
                            return Task.CompletedTask;
                        }

                        isReached = true;
                        return Task.Delay(Timeout.Infinite, ct);
                    }

                    if (after)
                    {
                        s.Mcu.After = Hang;
                    }
                    else
                    {
                        s.Mcu.Before = Hang;
                    }

                    s.Start();
                    s.Deploy();
                    await s.WaitAsync(() => isReached || s.Status.Phase == UpdatePhase.Succeeded);
                    await FinishAsync(s);
                });
                if (!isReached)
                {
                    break;
                }

                points++;
            }
        }

        points.Should().BeGreaterThan(30);
    }

    [Fact]
    public Task Kill_InMidTransfer_ResumesWithoutTheCloud() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (c, ct) => c == "Chunk" && s.Mcu.Held == 6000 ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitAsync(() => s.Mcu.Held == 6000);
        await s.StopAsync();
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        await s.RestartAsync();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Status.ResumedAt.Should().Be(6000);
        s.Mcu.BytesSent.Should().Be(s.New.Bytes.Length);
        s.Observer.Ends.Should().ContainSingle().Which.Workflow.Id.Should().Be("deploy-1");
    });

    [Theory]
    [InlineData("Chunk", UpdatePhase.Transferring)]
    [InlineData("Verify", UpdatePhase.Verifying)]
    public Task Stop_LineIsClosedUnderTheWork_CostsNoAttempt(string call, UpdatePhase phase) => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = async (c, ct) =>
        {
            if (c == call && s.Status.Phase == phase)
            {
                await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, TaskScheduler.Current);
                throw new LinkException(LinkFailure.Closed, "the line was closed");
            }
        };
        s.Start();
        s.Deploy();
        await s.WaitForAsync(phase);

        await s.StopAsync();

        var active = s.Journal.Load().Active!;
        (active.Phase, active.Attempt, active.LastError).Should().Be((phase, 1, FailureReason.None));
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        await s.RestartAsync();
        await s.WaitForAsync(UpdatePhase.Succeeded);
    });

    [Fact]
    public Task Kill_AttemptsAreNotForgotten() => Scenario.RunAsync(async s =>
    {
        s.Store.Hook = (_, _, _) => throw new ContentException(ContentFailure.Unreachable, "no route");
        s.Start();
        s.Deploy();
        for (var i = 2; i <= 5; i++)
        {
            await s.WaitAsync(() => s.Status.Phase == UpdatePhase.WaitingToRetry && s.Status.Attempt == i);
            await s.RestartAsync();
        }

        await s.WaitForAsync(UpdatePhase.Failed);
        s.Store.Wanted.Should().HaveCount(5);
    });

    [Fact]
    public Task JournalLostWhileOnTrial_TwinAndMcuTellHowThingsStand() => Scenario.RunAsync(async s =>
    {
        s.Mcu.Before = (c, ct) => c == "Confirm" ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;
        s.Start();
        s.Deploy();
        await s.WaitAsync(() => s.Mcu.Calls.Contains("Confirm"));
        await s.StopAsync();
        s.Journal.Lose();
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        await s.RestartAsync();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Count("Activate").Should().Be(1);
        s.Mcu.BootState.Should().Be(BootState.Confirmed);
    });

    /// <summary>Restarts on the same journal and expects what every kill must lead to.</summary>
    private static async Task FinishAsync(Scenario s)
    {
        await s.StopAsync();
        s.Journal.BeforeSave = (_, _) => { };
        s.Journal.AfterSave = (_, _) => { };
        s.Mcu.Before = (_, _) => Task.CompletedTask;
        s.Mcu.After = (_, _) => Task.CompletedTask;
        await s.RestartAsync();
        s.Deploy();
        await s.WaitForAsync(UpdatePhase.Succeeded);

        s.Mcu.Running.Should().Be(s.New);
        s.Mcu.BootState.Should().Be(BootState.Confirmed);
        s.Mcu.Count("Activate").Should().BeLessThanOrEqualTo(2);
        s.Mcu.BytesSent.Should().Be(s.New.Bytes.Length, "nothing that is in flash is sent again");
        s.Journal.Load().Active.Should().BeNull();
    }
}
